"""SMS: parts are joined, alphabets read, and the first words lead to an agency."""
