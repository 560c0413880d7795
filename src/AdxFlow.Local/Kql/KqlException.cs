namespace AdxFlow.Local.Kql;

/// <summary>A query that is refused or failed, with its place in the text.</summary>
internal sealed class KqlException : Exception
{
    public const string NotSupportedCode = "LocalStandIn_NotSupported";
    public const string SemanticCode = "BadRequest_SemanticError";
    public const string RuntimeCode = "LocalStandIn_RuntimeError";

    private KqlException(KqlErrorKind kind, string code, string message, int line, int column)
        : base(message)
    {
        Kind = kind;
        Code = code;
        Line = line;
        Column = column;
    }

    public KqlErrorKind Kind { get; }

    /// <summary>The service's code (<c>SYN0002</c>, <c>SEM0100</c>, …) or one of the stand-in's own.</summary>
    public string Code { get; }

    /// <summary>True where a table is not found, which <c>union isfuzzy=true</c> puts up with.</summary>
    public bool IsUnknownTable { get; private init; }

    /// <summary>The line of the query, from 1; 0 where no place is known.</summary>
    public int Line { get; }

    /// <summary>The column, from 1; 0 where no place is known.</summary>
    public int Column { get; }

    /// <summary>The text cannot be parsed at the given place.</summary>
    public static KqlException Syntax(SourceText source, int offset, string at, string? detail = null)
    {
        (int line, int column) = source.Locate(offset);
        string message = $"SYN0002: Query could not be parsed at '{at}' on line [{line},{column}]";
        return new KqlException(KqlErrorKind.Syntax, "SYN0002", detail is null ? message : $"{message}: {detail}", line, column);
    }

    /// <summary>A name cannot be resolved, or types do not fit. The code is one of the service (<c>SEM…</c>) where it is known.</summary>
    public static KqlException Semantic(SourceText source, int offset, string message, string code = SemanticCode)
    {
        (int line, int column) = source.Locate(offset);
        string prefix = code.StartsWith("SEM", StringComparison.Ordinal) ? code + ": " : "";
        return new KqlException(KqlErrorKind.Semantic, code, $"{prefix}{message} [line:position={line}:{column}]", line, column);
    }

    /// <summary>There is no table of the name.</summary>
    public static KqlException UnknownTable(SourceText source, int offset, string name)
    {
        (int line, int column) = source.Locate(offset);
        string message = $"SEM0100: '{name}' operator: Failed to resolve table or column expression named '{name}' [line:position={line}:{column}]";
        return new KqlException(KqlErrorKind.Semantic, "SEM0100", message, line, column) { IsUnknownTable = true };
    }

    /// <summary>The stand-in lacks something, such as <c>operator 'mv-apply'</c>; the hint is another way to write it.</summary>
    public static KqlException NotSupported(SourceText source, int offset, string what, string? hint = null)
    {
        (int line, int column) = source.Locate(offset);
        string message = $"The local stand-in has no {what} (line {line}, col {column}). It may be valid KQL: run it against a cluster or the Kusto emulator.";
        return new KqlException(KqlErrorKind.NotSupported, NotSupportedCode, hint is null ? message : $"{message} {hint}", line, column);
    }

    /// <summary>Values that the stand-in cannot handle as the service certainly would; the message says which.</summary>
    public static KqlException NotSupportedValue(string message) => new(KqlErrorKind.NotSupported, NotSupportedCode, message, 0, 0);

    /// <summary>A value made the query fail.</summary>
    public static KqlException Runtime(string message) => new(KqlErrorKind.Runtime, RuntimeCode, message, 0, 0);
}
