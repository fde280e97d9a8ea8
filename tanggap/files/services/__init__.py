"""Taking files in, handing them on, deleting them."""
