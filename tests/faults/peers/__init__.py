"""The other side: providers that follow the documented payloads, on loopback only, and misbehave on command."""
