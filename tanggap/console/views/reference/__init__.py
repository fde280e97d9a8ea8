"""`/kerja/acuan/`: agencies, names and categories are changed here, by national admins."""
