namespace AdxFlow.Local.Persistence.Extents;

/// <summary>How the texts of a column are written. The numbers are on disk.</summary>
internal enum TextForm
{
    /// <summary>One after the other.</summary>
    Plain = 0,

    /// <summary>Each different one once, then for each row which it is.</summary>
    Repeating = 1,
}
