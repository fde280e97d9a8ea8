"""Addresses that providers call. Machines read the answers: plain text, no pages, no cookies."""
