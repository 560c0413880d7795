namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>The kinds of tokens in a management command.</summary>
internal enum CommandTokenKind
{
    /// <summary>A keyword, a bare name, a number: letters, digits, <c>_</c>, <c>-</c>.</summary>
    Word,

    /// <summary>A string literal.</summary>
    Literal,

    /// <summary>A punctuation mark; <c>&lt;|</c> is one.</summary>
    Mark,

    /// <summary>The end of the text.</summary>
    End,
}
