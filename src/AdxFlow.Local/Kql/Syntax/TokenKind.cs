namespace AdxFlow.Local.Kql.Syntax;

/// <summary>The kinds of token of KQL.</summary>
internal enum TokenKind
{
    End,

    /// <summary>A bare name; keywords are names, for nearly all of them are allowed as such.</summary>
    Name,

    /// <summary>A literal whose value is known: number, timespan, string.</summary>
    Literal,

    /// <summary>A literal with its type in front, such as <c>datetime(2020-01-01)</c>; the text between the parentheses.</summary>
    TypedLiteral,

    /// <summary>An operator or a punctuation mark, also <c>!in</c>, <c>in~</c> and <c>!has_cs</c>.</summary>
    Symbol,
}
