"""SMPP 3.4: sessions with an operator's message centre. smpplib writes and reads the packets; the rest is here."""
