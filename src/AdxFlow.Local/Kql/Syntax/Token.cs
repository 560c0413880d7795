using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>A token and its place.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The name, the symbol, or the text between the parentheses of a typed literal.</param>
/// <param name="Start">Offset of the first character in the query.</param>
/// <param name="End">Offset after the last character.</param>
/// <param name="Type">The type of a literal.</param>
/// <param name="Value">The value of a literal: long, double, string, or ticks as long for a timespan.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End, KustoType Type = default, object? Value = null)
{
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;
}
