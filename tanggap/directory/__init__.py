"""Reference data: regions, agencies, categories, brands, working calendars."""
