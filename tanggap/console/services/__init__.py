"""Writes of the officers' rooms that concern no case itself; one public function a file."""
