"""VK: a community's messages, by Bots Long Poll or the Callback API, sent by vk_api."""
