"""The wizard's own widgets. They show frozen values and emit what was pressed; they measure and decide nothing."""
