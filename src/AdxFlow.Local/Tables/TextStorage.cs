namespace AdxFlow.Local.Tables;

/// <summary>How the texts of a column that is being built are held.</summary>
internal enum TextStorage
{
    /// <summary>As strings, one for all equal ones.</summary>
    SharedStrings,

    /// <summary>As UTF-8.</summary>
    Bytes,

    /// <summary>As strings, since one of them has no UTF-8.</summary>
    Strings,
}
