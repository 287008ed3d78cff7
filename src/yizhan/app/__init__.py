"""Composition roots: web, worker, command line, discovery."""
