"""The conversation engine of chats and SMS: state × message → state, replies, deeds. Pure (docs/conversations.md)."""
