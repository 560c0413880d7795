namespace AdxFlow.Adx;

/// <summary>
/// Reads what parameters a query declares.
/// Source: <see href="https://learn.microsoft.com/kusto/query/query-parameters-statement"/>.
/// </summary>
internal static class QueryParameterDeclaration
{
    /// <summary>The declared parameters and their types; null where nothing is declared. A type that is not known is left to the service.</summary>
    public static Dictionary<string, AdxType?>? Read(string query)
    {
        Dictionary<string, AdxType?>? declared = null;
        var scanner = new KqlScanner(query);
        while (scanner.Next())
        {
            if (!scanner.Token.SequenceEqual("declare") || !scanner.Next() || !scanner.Token.SequenceEqual("query_parameters") || !scanner.Next() || !scanner.Token.SequenceEqual("("))
                continue;
            declared ??= new Dictionary<string, AdxType?>(StringComparer.Ordinal);
            ReadList(ref scanner, declared);
        }

        return declared;
    }

    private static void ReadList(ref KqlScanner scanner, Dictionary<string, AdxType?> declared)
    {
        while (scanner.Next() && !scanner.Token.SequenceEqual(")"))
        {
            string name = scanner.Token.ToString();
            if (!scanner.Next() || !scanner.Token.SequenceEqual(":") || !scanner.Next())
                return;
            declared[name] = AdxTypes.TryParse(scanner.Token.ToString(), out AdxType type) ? type : null;
            if (!SkipDefault(ref scanner))
                return;
        }
    }

    /// <summary>Goes to the comma behind a parameter. False at the end of the list.</summary>
    private static bool SkipDefault(ref KqlScanner scanner)
    {
        int depth = 0;
        while (scanner.Next())
        {
            if (scanner.Token.SequenceEqual("("))
                depth++;
            else if (scanner.Token.SequenceEqual(",") && depth == 0)
                return true;
            else if (scanner.Token.SequenceEqual(")") && depth-- == 0)
                return false;
        }

        return false;
    }
}
