using System.Text;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints.Commands;

/// <summary>Reads a command from left to right.</summary>
internal sealed class CommandReader
{
    // Words that the query language keeps to itself; as names they need ['…'].
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "and", "or", "in", "has", "contains", "startswith", "endswith", "between", "by", "where", "extend", "project", "summarize", "true", "false", "null",
    };

    private readonly CommandLexer _lexer;
    private CommandToken _next;

    public CommandReader(string text, int start)
    {
        Text = text;
        _lexer = new CommandLexer(text);
        _next = _lexer.Read(start);
    }

    /// <summary>The whole command.</summary>
    public string Text { get; }

    /// <summary>The token that comes next.</summary>
    public CommandToken Next => _next;

    public CommandToken Take()
    {
        CommandToken token = _next;
        _next = _lexer.Read(token.End);
        return token;
    }

    /// <summary>The token behind the next one.</summary>
    public CommandToken PeekSecond() => _lexer.Read(_next.End);

    public bool TryWord(string word)
    {
        if (!_next.IsWord(word)) return false;
        Take();
        return true;
    }

    public bool TryMark(string mark)
    {
        if (!_next.IsMark(mark)) return false;
        Take();
        return true;
    }

    public void ExpectWord(string word)
    {
        if (!TryWord(word)) throw Unexpected($"'{word}'");
    }

    public void ExpectMark(string mark)
    {
        if (!TryMark(mark)) throw Unexpected($"'{mark}'");
    }

    /// <summary>A name of an entity: bare, or <c>['…']</c>.</summary>
    public string ReadName(string what)
    {
        if (_next.IsMark("["))
        {
            Take();
            string quoted = ReadLiteral(what);
            ExpectMark("]");
            return Valid(quoted, what);
        }

        if (_next.Kind != CommandTokenKind.Word) throw Unexpected(what);
        string word = _next.Text;
        if (char.IsDigit(word[0]) || word.Contains('-', StringComparison.Ordinal) || Reserved.Contains(word))
            throw Error($"'{word}' is not a name unless it is written ['{word}'].");
        Take();
        return Valid(word, what);
    }

    /// <summary>Names in parentheses: <c>(A, ['b c'])</c>.</summary>
    public List<string> ReadNames(string what)
    {
        var names = new List<string>();
        ExpectMark("(");
        do names.Add(ReadName(what));
        while (TryMark(","));
        ExpectMark(")");
        return names;
    }

    /// <summary>A string literal; two of them side by side are an error, never one value.</summary>
    public string ReadLiteral(string what)
    {
        string value = ReadOneLiteral(what);
        if (_next.Kind == CommandTokenKind.Literal) throw Error("A second string literal follows the first (a quote inside of a literal is written \\').");
        return value;
    }

    /// <summary>A string literal that another may follow.</summary>
    public string ReadOneLiteral(string what) => _next.Kind == CommandTokenKind.Literal ? Take().Text : throw Unexpected(what);

    /// <summary>A time span: <c>30d</c>, <c>1.5h</c>, <c>time(1.02:03:04)</c>.</summary>
    public TimeSpan ReadTimeSpan()
    {
        CommandToken first = Take();
        string text = first.Text;
        if ((first.IsWord("time") || first.IsWord("timespan")) && _next.IsMark("("))
            text = ReadBracketed();
        else if (_next.IsMark("."))
            text += Take().Text + Take().Text;
        return first.Kind == CommandTokenKind.Word && ValueText.TryTimeSpan(Encoding.UTF8.GetBytes(text), out long ticks)
            ? new TimeSpan(ticks)
            : throw _lexer.Error($"Expected a time span, found '{text}'.", first.Start);
    }

    /// <summary>A point in time: <c>datetime(2021-01-01)</c>.</summary>
    public DateTime ReadDateTime()
    {
        int start = _next.Start;
        ExpectWord("datetime");
        if (!_next.IsMark("(")) throw Unexpected("'('");
        string text = ReadBracketed();
        return ValueText.TryDateTime(Encoding.UTF8.GetBytes(text.Trim()), out long ticks)
            ? new DateTime(ticks, DateTimeKind.Utc)
            : throw _lexer.Error($"Expected a datetime, found '{text}'.", start);
    }

    /// <summary><c>with (name = value, …)</c>, if it comes; names are case-insensitive.</summary>
    public Dictionary<string, string> ReadProperties()
    {
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!TryWord("with")) return properties;
        ExpectMark("(");
        do
        {
            if (_next.Kind != CommandTokenKind.Word) throw Unexpected("the name of a property");
            string name = Take().Text;
            ExpectMark("=");
            string value = _next.Kind == CommandTokenKind.Word ? Take().Text : ReadLiteral("the value of a property");
            if (!properties.TryAdd(name, value)) throw Error($"The property '{name}' occurs twice.");
        }
        while (TryMark(","));
        ExpectMark(")");
        return properties;
    }

    /// <summary>Passes over the rest, which was read as data.</summary>
    public void SkipToEnd() => _next = new CommandToken(CommandTokenKind.End, "", Text.Length, Text.Length);

    /// <summary>Makes sure that the command is over, but for a query behind a pipe, whose syntax is looked at before the command acts.</summary>
    /// <exception cref="ServiceException">Something else comes.</exception>
    /// <exception cref="Kql.KqlException">What comes is no query.</exception>
    public void ExpectEnd()
    {
        if (_next.IsMark("|"))
            PipedQuery.Parse(Text, _next.Start);
        else if (_next.Kind != CommandTokenKind.End)
            throw Unexpected("the end of the command");
    }

    public ServiceException Unexpected(string wanted)
    {
        string found = _next.Kind switch
        {
            CommandTokenKind.End => "the end of the command",
            CommandTokenKind.Literal => "a string literal",
            _ => $"'{_next.Text}'",
        };
        return Error($"Expected {wanted}, found {found}.");
    }

    public ServiceException Error(string message) => _lexer.Error(message, _next.Start);

    /// <summary>The text between the next token, which is an opening bracket, and the first closing one.</summary>
    private string ReadBracketed()
    {
        int close = Text.IndexOf(')', _next.End);
        if (close < 0) throw Error("A bracket is not closed.");
        string inside = Text[_next.End..close];
        _next = _lexer.Read(close + 1);
        return inside;
    }

    private string Valid(string name, string what) =>
        name.Length is > 0 and <= 1024 ? name : throw Error($"{what} must have between 1 and 1024 characters.");
}
