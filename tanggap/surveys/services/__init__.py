"""Everything that changes a survey: one public function a file."""
