"""One search desk over everything that is public: surveys, events, ideas, councils and pages."""
