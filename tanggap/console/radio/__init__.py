"""The radio's daily sheet."""
