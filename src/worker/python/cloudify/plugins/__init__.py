"""The steps of the built-in workflows, for workflows of one's own."""
