"""What the standing pages say before anybody has changed them: German sentences, ready to be translated."""
