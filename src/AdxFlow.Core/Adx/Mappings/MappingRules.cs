namespace AdxFlow.Adx;

/// <summary>
/// What a mapping of each kind may hold. The service takes much of what is wrong here, and then ingests empty columns.
/// Source: the page of each kind, such as <see href="https://learn.microsoft.com/kusto/management/json-mapping"/>.
/// </summary>
internal static class MappingRules
{
    /// <summary>The definition with a source for every column.</summary>
    /// <exception cref="AdxException"><c>AdxInvalidMapping</c>, <c>AdxInvalidName</c>: it is none.</exception>
    public static AdxMappingDefinition Complete(AdxMappingDefinition definition)
    {
        if (definition.Columns.Count == 0)
            throw Invalid(definition, "it has no columns.");

        var columns = new List<AdxColumnMapping>(definition.Columns.Count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        int place = 0;
        foreach (AdxColumnMapping column in definition.Columns)
        {
            if (!names.Add(Kql.CheckedName(column.Column)))
                throw Invalid(definition, $"column '{column.Column}' is in it twice.");
            AdxColumnMapping complete = column.HasSource || NeedsNoSource(column.Transform) ? column : WithOwnName(definition.Kind, column, place++);
            if (Objection(definition.Kind, complete) is { } objection)
                throw Invalid(definition, $"column '{column.Column}' {objection}");
            columns.Add(complete);
        }

        if (place > 0 && definition.Columns.Any(static column => column.Ordinal is not null))
            throw Invalid(definition, "some columns have an ordinal and others are to be taken by their place. Give all of them one, or none.");
        return definition with { Columns = columns };
    }

    private static AdxColumnMapping WithOwnName(AdxMappingKind kind, AdxColumnMapping column, int place) => kind switch
    {
        AdxMappingKind.Csv => column with { Ordinal = place },
        AdxMappingKind.Json => column with { Path = PathOf(column.Column) },
        _ => column with { Field = column.Column },
    };

    /// <summary>A field at the top of the record, as a JSONPath. Source: https://learn.microsoft.com/kusto/query/jsonpath.</summary>
    private static string PathOf(string field) => field.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
        ? "$." + field
        : "$['" + field.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal) + "']";

    private static string? Objection(AdxMappingKind kind, AdxColumnMapping column)
    {
        string? unfit = UnfitSource(kind, column);
        if (unfit is not null)
            return unfit;
        int sources = (column.Ordinal is null ? 0 : 1) + (column.Path is null ? 0 : 1) + (column.Field is null ? 0 : 1) + (column.ConstValue is null ? 0 : 1);
        if (sources > 1)
            return "has more than one source.";
        if (new[] { column.Path, column.Field, column.ConstValue, column.TransformText }.Any(static text => text is not null && Kql.HasLoneSurrogate(text)))
            return "has half of a character in its source.";
        if (column.Ordinal < 0)
            return "has an ordinal below 0.";
        if (column.Field is "")
            return "has an empty field name.";
        if (column.Path is { } path && !IsPath(path))
            return $"has the path '{path}', which does not begin with '$', '$.' or '$['. The service would take it for a constant; a constant is given as ConstValue.";
        if (column.Transform is { } transform && !Fits(kind, transform))
            return $"has the transformation {transform}, which mappings of the kind {kind} do not have.";
        return kind == AdxMappingKind.Csv && column.Ordinal is not null && column.Transform is AdxMappingTransform.SourceLocation
            ? "has an ordinal, which SourceLocation does not go with."
            : null;
    }

    private static string? UnfitSource(AdxMappingKind kind, AdxColumnMapping column) => kind switch
    {
        AdxMappingKind.Csv when column.Path is not null => $"has a path ('{column.Path}'). In csv a column comes from an ordinal, such as 0.",
        AdxMappingKind.Csv when column.Field is not null => $"has a field ('{column.Field}'). In csv a column comes from an ordinal, such as 0.",
        not AdxMappingKind.Csv when column.Ordinal is not null => $"has an ordinal, which mappings of the kind {kind} do not have.",
        AdxMappingKind.Json when column.Field is not null => $"has a field ('{column.Field}'). In json a column comes from a path, such as {PathOf(column.Field)}; a constant is given as ConstValue.",
        AdxMappingKind.W3CLogFile when column.Path is not null => $"has a path ('{column.Path}'). In w3clogfile a column comes from a field, such as cs-method.",
        _ => null,
    };

    private static bool IsPath(string path) => path.StartsWith('$') && (path.Length == 1 || path[1] is '.' or '[');

    private static bool NeedsNoSource(AdxMappingTransform? transform) => transform is AdxMappingTransform.SourceLocation or AdxMappingTransform.SourceLineNumber;

    /// <summary>
    /// By the list of transformations. (The page of csv names SourceLocation as the only one, the list five more for it; the wider is
    /// believed, so that nothing is refused that works.) What this version does not know, the service may.
    /// </summary>
    private static bool Fits(AdxMappingKind kind, AdxMappingTransform transform) => transform switch
    {
        AdxMappingTransform.Other or AdxMappingTransform.SourceLocation or AdxMappingTransform.SourceLineNumber => true,
        AdxMappingTransform.BytesAsBase64 => kind is AdxMappingKind.Avro,
        AdxMappingTransform.PropertyBagArrayToDictionary or AdxMappingTransform.DropMappedFields => kind is not (AdxMappingKind.Csv or AdxMappingKind.W3CLogFile),
        _ => kind is not AdxMappingKind.W3CLogFile,
    };

    private static AdxException Invalid(AdxMappingDefinition definition, string reason) =>
        new("AdxInvalidMapping", AdxErrorKind.InvalidArgument, $"Mapping '{definition.Name}' is none: {reason}")
        {
            RecommendedAction = "Each column comes from one of Ordinal (csv), Path (json, avro, parquet, orc), Field (avro, parquet, orc, w3clogfile) and ConstValue, or from a transformation such as SourceLocation.",
        };
}
