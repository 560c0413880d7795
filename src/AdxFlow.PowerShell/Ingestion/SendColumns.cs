using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Ingestion.Reading;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>
/// The columns that a call sends: those of the table, or those chosen among them; where there is no table yet, or nobody may look
/// at it, what the first object or the reader has.
/// </summary>
internal sealed class SendColumns(AdxCmdlet cmdlet, AdxConnection connection, string table, IReadOnlyList<string>? only, CancellationToken stop)
{
    private readonly AdxTables _tables = new(new AdxClient(connection));
    private IReadOnlyList<AdxColumn>? _chosen;
    private IReadOnlyList<string> _leftOut = [];
    private bool _mustCreate;

    /// <summary>All columns of the table, in its order; null where nobody may look.</summary>
    public IReadOnlyList<AdxColumn>? OfTable { get; private set; }

    /// <summary>False where the types are those of the input, and the table's are not known.</summary>
    public bool TypesAreKnown { get; private set; }

    /// <summary>Looks the table up.</summary>
    /// <exception cref="AdxException"><c>AdxTableNotFound</c>, and none may be made; <c>AdxColumnNotFound</c>. Or the service refuses.</exception>
    public void Find(bool mayCreate)
    {
        AdxTable? found;
        try
        {
            found = _tables.FindAsync(table, connection.Database, cancellationToken: stop).GetAwaiter().GetResult();
        }
        catch (AdxException refusal) when (refusal.Kind == AdxErrorKind.PermissionDenied)
        {
            // Who may ingest need not be allowed to look at the schema: the objects' own properties must do then,
            // and whether the table exists and takes them is for the service to say.
            return;
        }
        if (found is null && !mayCreate)
            throw SendErrors.TableNotFound(table, connection.Database);
        _mustCreate = found is null;
        TypesAreKnown = true;
        OfTable = found?.Columns;
        _chosen = OfTable is null ? null : Choose(OfTable);
    }

    /// <summary>The columns to send; makes the table if it is to be made.</summary>
    /// <param name="infer">Gives the columns of the input, where the table's are not known.</param>
    /// <param name="isNew">The table has just been made.</param>
    public IReadOnlyList<AdxColumn> Settle(Func<IReadOnlyList<AdxColumn>> infer, out bool isNew)
    {
        _chosen ??= Choose(infer());
        isNew = _mustCreate;
        if (_mustCreate)
        {
            _tables.CreateAsync(new AdxTableDefinition { Name = table, Columns = _chosen }, merge: true, database: connection.Database, cancellationToken: stop).GetAwaiter().GetResult();
            _mustCreate = false;
            OfTable = _chosen;
        }
        return _chosen;
    }

    /// <summary>The columns that an object would fill.</summary>
    public IReadOnlyList<AdxColumn> Infer(PSObject sample)
    {
        (IReadOnlyList<AdxColumn> columns, IReadOnlyList<string> leftOut) = ColumnInference.From(sample, only);
        if (columns.Count == 0)
            throw SendErrors.NoColumns(sample.BaseObject.GetType());
        _leftOut = leftOut;
        if (leftOut.Count > 0)
            cmdlet.WriteWarning($"These properties hold live .NET objects or cannot be read, and are not sent: {string.Join(", ", leftOut)}. Name them with -Column to send them as dynamic.");
        return columns;
    }

    /// <summary>What tells of properties that are none of the columns, once each; of none where the caller has chosen.</summary>
    public UnknownProperties Unknown(IEnumerable<AdxColumn> columns) =>
        new([.. columns.Select(static column => column.Name), .. _leftOut], isTold: only is null, table, cmdlet.WriteWarning);

    private IReadOnlyList<AdxColumn> Choose(IReadOnlyList<AdxColumn> columns)
    {
        if (only is null)
            return columns;
        var chosen = new List<AdxColumn>();
        foreach (string name in only)
        {
            AdxColumn column = columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw SendErrors.ColumnNotFound(name, table, columns);
            if (!chosen.Contains(column))
                chosen.Add(column);
        }
        return chosen;
    }
}
