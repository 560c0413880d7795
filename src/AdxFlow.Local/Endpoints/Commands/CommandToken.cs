namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>A token of a command.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The word, the mark, or the value of the literal.</param>
/// <param name="Start">The offset of its first character.</param>
/// <param name="End">The offset behind it.</param>
internal readonly record struct CommandToken(CommandTokenKind Kind, string Text, int Start, int End)
{
    public bool IsWord(string word) => Kind == CommandTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsMark(string mark) => Kind == CommandTokenKind.Mark && Text == mark;
}
