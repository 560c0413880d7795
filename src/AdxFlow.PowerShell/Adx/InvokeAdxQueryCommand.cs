using System.Collections;
using System.Globalization;
using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Runs a KQL query and writes its rows as objects while they arrive.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AdxQuery")]
[OutputType(typeof(PSObject))]
public sealed class InvokeAdxQueryCommand : ConnectedCmdlet
{
    /// <summary>The query.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string Query { get; set; } = "";

    /// <summary>Values for the parameters that the query declares with <c>declare query_parameters(…)</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Parameter { get; set; }

    /// <summary>Client request options, such as <c>@{ notruncation = $true }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Option { get; set; }

    /// <summary>How long the query may take on the cluster; four minutes by default.</summary>
    [Parameter]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Runs it.</summary>
    protected override void ProcessRecord()
    {
        var options = new AdxRequestOptions
        {
            Operation = "Invoke-AdxQuery",
            Parameters = Entries(Parameter),
            Options = Entries(Option),
            Timeout = Timeout,
        };
        AdxQueryReader reader = Await(Client.QueryAsync(Query, options, Stop), Query);
        try
        {
            while (Await(reader.NextTableAsync(Stop).AsTask(), Query))
            {
                var rows = new RowObjects(reader.Columns, WriteWarning);
                while (Await(reader.ReadBlockAsync(Stop).AsTask(), Query))
                {
                    foreach (object?[] row in reader.Rows)
                        WriteObject(rows.Row(row));
                }
            }
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static Dictionary<string, object?>? Entries(Hashtable? table) =>
        table?.Cast<DictionaryEntry>().ToDictionary(
            static entry => Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "",
            static entry => entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value);
}
