fallback-no-words = I found no words here. Type your question and I'll answer.
fallback-attachment = I can't read pictures and files yet. Describe your question in words, for example name the model.
fallback-contact = Thank you, but I don't need a phone number right now. Tell me how I can help.
