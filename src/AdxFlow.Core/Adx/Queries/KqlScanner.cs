namespace AdxFlow.Adx;

/// <summary>
/// Goes through a KQL text token by token, past comments, and takes each literal as one. It knows where words are words;
/// what they mean is the service's to say.
/// </summary>
internal ref struct KqlScanner(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>The token one is at: a word, a literal with its quotes, or a single character; empty at the end.</summary>
    public ReadOnlySpan<char> Token { get; private set; }

    public bool Next()
    {
        SkipBlanks();
        int start = _at;
        if (start >= _text.Length)
        {
            Token = [];
            return false;
        }

        char first = _text[start];
        if (first is '"' or '\'')
            SkipLiteral(first, verbatim: false);
        else if (first == '@' && start + 1 < _text.Length && _text[start + 1] is '"' or '\'')
            SkipVerbatim();
        else if (_text[start..].StartsWith("```") || _text[start..].StartsWith("~~~"))
            SkipBlock(_text.Slice(start, 3));
        else if (char.IsLetterOrDigit(first) || first == '_')
            SkipWord();
        else
            _at++;
        Token = _text[start.._at];
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]))
            {
                _at++;
            }
            else if (_text[_at..].StartsWith("//"))
            {
                int end = _text[_at..].IndexOfAny('\n', '\r');
                _at = end < 0 ? _text.Length : _at + end;
            }
            else
            {
                return;
            }
        }
    }

    private void SkipWord()
    {
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
            _at++;
    }

    private void SkipVerbatim()
    {
        _at++;
        SkipLiteral(_text[_at], verbatim: true);
    }

    private void SkipLiteral(char quote, bool verbatim)
    {
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == '\\' && !verbatim)
                _at++;
            else if (_text[_at] == quote)
                break;
        }

        // A doubled quote in a verbatim literal reads as two literals side by side, which ends at the same place.
        _at = Math.Min(_at + 1, _text.Length);
    }

    private void SkipBlock(ReadOnlySpan<char> fence)
    {
        int end = _text[(_at + 3)..].IndexOf(fence);
        _at = end < 0 ? _text.Length : _at + 3 + end + 3;
    }
}
