"""What is handed on after a job: letter, result code, bundle for support, comparison of two visits."""
