"""The name under which existing code catches errors of the REST API; the client is ``cloudify.manager.get_rest_client()``."""
