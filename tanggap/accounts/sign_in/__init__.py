"""How a person proves who they are: password, second factor, lock-out, and nothing lost when a session ends."""
