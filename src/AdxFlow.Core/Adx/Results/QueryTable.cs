namespace AdxFlow.Adx;

/// <summary>One table of a v2 answer, while its rows arrive.</summary>
internal sealed class QueryTable(string name, string kind, IReadOnlyList<AdxResultColumn> columns, RowForm form)
{
    public string Name { get; } = name;

    public IReadOnlyList<AdxResultColumn> Columns { get; } = columns;

    /// <summary>A result that was asked for, not one of the service's own.</summary>
    public bool IsPrimary { get; } = kind == "PrimaryResult";

    /// <summary>The service's own account of how the query went.</summary>
    public bool IsCompletion { get; } = kind == "QueryCompletionInformation";

    public RowReader Reader { get; } = new(columns, kind == "PrimaryResult" ? form : RowForm.Lenient);

    /// <summary>Rows that have arrived and were not handed out yet.</summary>
    public List<object?[]> Pending { get; private set; } = [];

    /// <summary>Rows were handed out; what comes now can no longer replace them.</summary>
    public bool HandedOut { get; private set; }

    public bool IsComplete { get; set; }

    /// <summary>The error the service reported for this table, as plain objects; told after its rows.</summary>
    public object? Error { get; set; }

    /// <summary>Hands out what is pending. The list given before is used again.</summary>
    public List<object?[]> Take(List<object?[]> spent)
    {
        List<object?[]> taken = Pending;
        spent.Clear();
        Pending = spent;
        HandedOut = true;
        return taken;
    }
}
