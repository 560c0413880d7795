using AdxFlow.Local.Kql.Syntax;

namespace AdxFlow.Local.Kql;

/// <summary>A query whose text is well-formed.</summary>
/// <param name="Source">The text.</param>
/// <param name="Statements">Its statements.</param>
internal sealed record ParsedQuery(SourceText Source, IReadOnlyList<StatementSyntax> Statements)
{
    /// <summary>What its <c>set</c> statements say, by name; the text "true" where a statement gives no value.</summary>
    public IEnumerable<(string Name, string Value)> Settings => Statements.OfType<SetSyntax>().Select(s => (s.Name, s.Value ?? "true"));
}
