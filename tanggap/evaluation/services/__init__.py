"""Writes of the evaluation: a public function a file."""
