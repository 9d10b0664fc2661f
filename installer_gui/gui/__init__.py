"""The wizard: Qt Widgets over the same core as the command line."""
