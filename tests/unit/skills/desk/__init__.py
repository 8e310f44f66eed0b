"""What happens at the operators' desk."""
