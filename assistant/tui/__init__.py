"""The window: a Textual application.

    app.py        the application: what it is built from, its keys, its theme
    screens/      what fills the window: the chat, the help
    widgets/      the parts of the chat: messages, prompt, conversations, status
    line.py       prompts that wait their turn
    mind.py       loads the model and asks it, in threads
    messages.py   what those threads post
    dates.py      a moment in few words
    assistant.tcss  how it all looks

The threads post messages and never touch a widget; `@on` handlers own every change.
"""
