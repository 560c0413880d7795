namespace AdxFlow;

/// <summary>What is known about whether a principal may do something.</summary>
public sealed class AdxAccess
{
    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The table; null for the database as a whole.</summary>
    public string? Table { get; init; }

    /// <summary>Who was tested: the principal of the connection, as <see cref="AdxConnection.Principal"/> has it.</summary>
    public string? Principal { get; init; }

    /// <summary>What was tested.</summary>
    public required AdxOperation Operation { get; init; }

    /// <summary>True: it may. False: it was refused. Null: nothing was refused, and nothing shows that it may.</summary>
    public required bool? IsAllowed { get; init; }

    /// <summary>How that is known, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The narrowest role that is enough, such as <c>Table StormEvents Ingestor</c>; null where none is missing.</summary>
    public string? MissingRole { get; init; }

    /// <summary>The command by which an administrator gives the missing role; null where none is missing.</summary>
    public string? RecommendedCommand { get; init; }

    /// <summary>Says what may be done.</summary>
    /// <returns>For example <c>Ingest into D.T: no</c>.</returns>
    public override string ToString()
    {
        string answer = IsAllowed switch { true => "yes", false => "no", null => "unknown" };
        return $"{Operation} {(Table is null ? Database : $"{Database}.{Table}")}: {answer}";
    }
}
