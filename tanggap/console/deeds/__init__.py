"""What an officer can do with a case, each with its own address, form and sentence. Rules live in the services."""
