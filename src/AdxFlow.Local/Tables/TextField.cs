namespace AdxFlow.Local.Tables;

/// <summary>Where a field is, without its quotes.</summary>
internal readonly struct TextField
{
    // A negative one, its bits turned round, is that of a field with doubled quotes.
    private readonly int _length;

    /// <param name="start">Where it starts.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="hasDoubledQuotes">True where two quotes in it stand for one.</param>
    public TextField(int start, int length, bool hasDoubledQuotes)
    {
        Start = start;
        _length = hasDoubledQuotes ? ~length : length;
    }

    public int Start { get; }

    public int Length => HasDoubledQuotes ? ~_length : _length;

    public bool HasDoubledQuotes => _length < 0;
}
