namespace AdxFlow.Local.Kql;

/// <summary>The text of a query, with offsets turned into lines and columns (both from 1).</summary>
internal sealed class SourceText
{
    public SourceText(string text) => Text = text;

    public string Text { get; }

    public (int Line, int Column) Locate(int offset)
    {
        ReadOnlySpan<char> before = Text.AsSpan(0, Math.Clamp(offset, 0, Text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
