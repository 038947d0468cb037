"""The window: a Textual application.

    app.py        the application: what it is built from, its keys, its theme
    screens/      what fills the window: the chat, the help
    widgets/      the parts of the chat: messages, prompt, conversations, status
    line.py       prompts that wait their turn
    messages.py   what the workers post
    dates.py      a moment in few words
    assistant.tcss  how it all looks

Workers are threads: they post messages and never touch a widget. `@on` handlers own every change.
"""
