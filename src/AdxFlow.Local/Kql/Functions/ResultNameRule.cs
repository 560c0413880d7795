namespace AdxFlow.Local.Kql.Functions;

/// <summary>How a column is named that holds the result of a function.</summary>
internal enum ResultNameRule
{
    /// <summary><c>Column1</c> and so on.</summary>
    None,

    /// <summary>As the first argument would be named: <c>tolong(d.x)</c> is <c>d_x</c>.</summary>
    FirstArgument,

    /// <summary>A prefix, <c>_</c>, and the name of the first argument: <c>strlen(s)</c> is <c>strlen_s</c>.</summary>
    PrefixAndFirstArgument,

    /// <summary>The name of the first argument, <c>_</c>, and a suffix: <c>array_sort_asc(d)</c> is <c>d_sorted</c>.</summary>
    FirstArgumentAndSuffix,
}
