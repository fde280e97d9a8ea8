"""Tanggap: an open implementation of Indonesia's national public-service complaint system."""

__version__ = "0.1.0"
