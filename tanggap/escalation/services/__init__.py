"""Writes of the ladders: one public function a file."""
