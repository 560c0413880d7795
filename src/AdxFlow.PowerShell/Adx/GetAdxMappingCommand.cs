using System.Management.Automation;
using AdxFlow.Adx;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Adx;

/// <summary>Shows the mappings of tables and of the database.</summary>
[Cmdlet(VerbsCommon.Get, "AdxMapping")]
[OutputType(typeof(AdxMapping))]
public sealed class GetAdxMappingCommand : SchemaCmdlet
{
    private (string Database, IReadOnlyList<AdxTable> Tables)? _all;

    /// <summary>Tables, by name or wildcard pattern; by default the database itself and all its tables.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [TableNameTransformation]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string[]? Table { get; set; }

    /// <summary>Names or wildcard patterns; all mappings by default.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MappingNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only mappings of this kind.</summary>
    [Parameter]
    public AdxMappingKind? Kind { get; set; }

    /// <summary>Writes the mappings that match.</summary>
    protected override void ProcessRecord()
    {
        if (Table is null)
        {
            WriteOf(Matching("*").Prepend(null));
            return;
        }
        foreach (string table in Table)
        {
            if (WildcardPattern.ContainsWildcardCharacters(table))
                WriteOf(Matching(table));
            else
                WriteOf([WildcardPattern.Unescape(table)]);
        }
    }

    private IEnumerable<string> Matching(string pattern)
    {
        string database = Connected.Database;
        if (_all?.Database != database)
            _all = (database, Await(new AdxTables(Client).GetAsync(null, database, cancellationToken: Stop)));
        foreach (AdxTable table in _all.Value.Tables)
            State.RememberTable(table.Database, table.Name);
        var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        return _all.Value.Tables.Select(static table => table.Name).Where(name => wildcard.IsMatch(name) || name == pattern);
    }

    /// <summary>Writes the mappings of several places. A name is missing only if none of them has it.</summary>
    private void WriteOf(IEnumerable<string?> tables)
    {
        var mappings = new AdxMappings(Client);
        string[] wanted = [.. Name.Where(static name => !WildcardPattern.ContainsWildcardCharacters(name)).Select(WildcardPattern.Unescape)];
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        string?[] places = [.. tables];
        bool isWhole = true;
        foreach (string? table in places)
        {
            if (!TryAwait(mappings.GetAsync(table, Connected.Database, Stop), table, out IReadOnlyList<AdxMapping>? all))
            {
                isWhole = false;
                continue;
            }
            foreach (AdxMapping mapping in all)
            {
                State.RememberMapping(mapping);
                if (!IsWanted(mapping))
                    continue;
                found.Add(mapping.Name);
                WriteObject(mapping);
            }
        }

        foreach (string name in isWhole ? wanted.Where(name => !found.Contains(name)) : [])
            WriteError(AdxMappings.NotFound(name, Kind, places is [{ } only] ? only : null, Connected.Database).ToErrorRecord(name));
    }

    private bool IsWanted(AdxMapping mapping) => (Kind is null || mapping.Kind == Kind)
        && Name.Any(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(mapping.Name) || mapping.Name == name);
}
