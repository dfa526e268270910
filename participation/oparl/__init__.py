"""The councils' public side for machines: the OParl 1.1 interface."""
