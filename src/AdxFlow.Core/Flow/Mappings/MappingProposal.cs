namespace AdxFlow.Flow;

/// <summary>Which fields of a schema the columns of a table go into, going by their names, and what is left over.</summary>
/// <param name="Fields">The fields that have a source.</param>
/// <param name="UnmappedColumns">Columns for which no field, or more than one, has the name.</param>
/// <param name="MissingPaths">Fields that every row needs and that have no source.</param>
internal sealed record MappingProposal(IReadOnlyList<FlowFieldMapping> Fields, IReadOnlyList<string> UnmappedColumns, IReadOnlyList<string> MissingPaths)
{
    /// <summary>Finds the fields.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="columns">The names of the columns to find fields for.</param>
    /// <param name="given">Fields whose source is settled.</param>
    public static MappingProposal Of(FlowSchema schema, IEnumerable<string> columns, IReadOnlyList<FlowFieldMapping> given)
    {
        var fields = new List<FlowFieldMapping>(given);
        var unmapped = new List<string>();
        var settled = new HashSet<string>(given.Select(static field => field.Destination), StringComparer.Ordinal);
        var used = new HashSet<string>(given.Where(static field => field.Kind == FlowFieldKind.Attribute).Select(static field => field.Source), StringComparer.Ordinal);
        ILookup<string, string> byName = schema.Paths.ToLookup(static path => path[(path.LastIndexOf('.') + 1)..], StringComparer.OrdinalIgnoreCase);
        foreach (string column in columns.Distinct(StringComparer.Ordinal))
        {
            string[] candidates = [.. byName[FieldNames.Of(column)].Where(path => !settled.Contains(path))];
            string? path = Choose(candidates, FieldNames.Of(column));
            if (path is not null)
            {
                settled.Add(path);
                fields.Add(new FlowFieldMapping(path, SourceFields.Of(column)));
            }
            else if (!used.Contains(column) && !used.Contains(SourceFields.Of(column)))
            {
                unmapped.Add(column);
            }
        }
        return new MappingProposal(fields, unmapped, [.. schema.RequiredPaths.Where(path => !settled.Contains(path))]);
    }

    /// <summary>One's own field goes before one that Adobe has by chance named so too; among several of either, nobody knows.</summary>
    private static string? Choose(string[] candidates, string name)
    {
        string[] own = [.. candidates.Where(static path => path.StartsWith('_') && path.Contains('.', StringComparison.Ordinal))];
        string[] among = own.Length > 0 ? own : candidates;
        if (among.Length == 1)
            return among[0];
        string[] sameCase = [.. among.Where(path => path == name || path.EndsWith("." + name, StringComparison.Ordinal))];
        return sameCase.Length == 1 ? sameCase[0] : null;
    }
}
