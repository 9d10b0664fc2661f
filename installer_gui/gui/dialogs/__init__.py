"""The few questions that need a window of their own. None of them blocks: what they lead to is called when they end."""
