namespace AdxFlow.Flow;

/// <summary>
/// Names of columns as Data Prep takes them: one that is no identifier is wrapped, and a dot that is part of it escaped, since a dot else leads into what
/// a field has in it. Source: <see href="https://experienceleague.adobe.com/en/docs/experience-platform/data-prep/functions"/>, "Fields".
/// </summary>
internal static class SourceFields
{
    /// <summary>A column by its name.</summary>
    public static string Of(string column) => IsIdentifier(column)
        ? column
        : $"${{{column.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(".", "\\.", StringComparison.Ordinal)}}}";

    /// <summary>What a person gave: a name, or a path that is written as Data Prep wants it already.</summary>
    public static string OfGiven(string source) => source.AsSpan().IndexOfAny(".[\\") >= 0 || source.StartsWith("${", StringComparison.Ordinal) ? source : Of(source);

    private static bool IsIdentifier(string name) => name.Length > 0 && !char.IsDigit(name[0]) && name.All(static letter => char.IsLetterOrDigit(letter) || letter is '_' or '$');
}
