using AdxFlow.Adx;

namespace AdxFlow.Ingestion.Rows;

/// <summary>
/// The columns that rows fill: those of the table, or those chosen among them; where there is no table yet, or nobody may look
/// at it, what the rows themselves have.
/// </summary>
/// <param name="connection">The connection, and with it the database.</param>
/// <param name="table">The table.</param>
/// <param name="only">The names that were chosen; null for all.</param>
internal sealed class RowColumns(AdxConnection connection, string table, IReadOnlyList<string>? only)
{
    private readonly AdxTables _tables = new(new AdxClient(connection));
    private IReadOnlyList<AdxColumn>? _chosen;
    private bool _mustCreate;

    /// <summary>All columns of the table, in its order; null where nobody may look.</summary>
    public IReadOnlyList<AdxColumn>? OfTable { get; private set; }

    /// <summary>False where the types are those of the input, and the table's are not known.</summary>
    public bool TypesAreKnown { get; private set; }

    /// <summary>Looks the table up.</summary>
    /// <param name="mayCreate">That there is none is no error: it is made once the columns are known.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <exception cref="AdxException"><c>AdxTableNotFound</c>, and none may be made; <c>AdxColumnNotFound</c>. Or the service refuses.</exception>
    public async Task FindAsync(bool mayCreate, CancellationToken cancel)
    {
        AdxTable? found;
        try
        {
            found = await _tables.FindAsync(table, connection.Database, cancellationToken: cancel);
        }
        catch (AdxException refusal) when (refusal.Kind == AdxErrorKind.PermissionDenied)
        {
            // Who may ingest need not be allowed to look at the schema: the objects' own properties must do then,
            // and whether the table exists and takes them is for the service to say.
            return;
        }
        if (found is null && !mayCreate)
            throw TableNotFound();
        _mustCreate = found is null;
        TypesAreKnown = true;
        OfTable = found?.Columns;
        _chosen = OfTable is null ? null : Choose(OfTable);
    }

    /// <summary>The columns to fill; makes the table if it is to be made.</summary>
    /// <param name="infer">Gives the columns of the input, where the table's are not known.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>The columns, and whether the table has just been made.</returns>
    public async Task<(IReadOnlyList<AdxColumn> Columns, bool IsNew)> SettleAsync(Func<IReadOnlyList<AdxColumn>> infer, CancellationToken cancel)
    {
        _chosen ??= Choose(infer());
        if (!_mustCreate)
            return (_chosen, false);
        await _tables.CreateAsync(new AdxTableDefinition { Name = table, Columns = _chosen }, merge: true, database: connection.Database, cancellationToken: cancel);
        _mustCreate = false;
        OfTable = _chosen;
        return (_chosen, true);
    }

    private IReadOnlyList<AdxColumn> Choose(IReadOnlyList<AdxColumn> columns)
    {
        if (only is null)
            return columns;
        var chosen = new List<AdxColumn>();
        foreach (string name in only)
        {
            AdxColumn column = columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw ColumnNotFound(name, columns);
            if (!chosen.Contains(column))
                chosen.Add(column);
        }
        return chosen;
    }

    private AdxException TableNotFound() => new("AdxTableNotFound", AdxErrorKind.NotFound, $"There is no table '{table}' in database '{connection.Database}'.")
    {
        RecommendedAction = "Check the name (it is case-sensitive), make the table with New-AdxTable, or give -CreateTable to make it from the first object.",
    };

    private AdxException ColumnNotFound(string column, IEnumerable<AdxColumn> columns) => new("AdxColumnNotFound", AdxErrorKind.InvalidArgument,
        $"Table '{table}' has no column '{column}'. It has: {string.Join(", ", columns.Select(static known => known.Name))}.")
    {
        RecommendedAction = "Add the column with New-AdxTable -Merge, or leave it out of -Column.",
    };
}
