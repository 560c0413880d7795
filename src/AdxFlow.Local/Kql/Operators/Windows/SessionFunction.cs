using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Operators.Windows;

/// <summary><c>row_window_session()</c>: when the session began that the row belongs to.</summary>
internal sealed class SessionFunction : WindowFunction
{
    private readonly Expression _moment;
    private readonly Expression _fromFirst;
    private readonly Expression _fromNeighbour;
    private long? _session;
    private long _previous;

    public SessionFunction(Expression moment, Expression fromFirst, Expression fromNeighbour, Expression? restart)
        : base(restart)
    {
        _moment = moment;
        _fromFirst = fromFirst;
        _fromNeighbour = fromNeighbour;
    }

    public override Vector Compute(RowChunk chunk)
    {
        Func<int, bool> restarts = Restarts(chunk);
        Vector moment = _moment.Evaluate(chunk);
        Vector fromFirst = _fromFirst.Evaluate(chunk);
        Vector fromNeighbour = _fromNeighbour.Evaluate(chunk);
        long[] moments = moment.Values<long>();
        var result = new ResultColumn<long>(KustoType.DateTime, chunk.Count);
        for (int row = 0; row < chunk.Count; row++)
        {
            if (fromFirst.IsNull(row) || fromNeighbour.IsNull(row)) throw KqlException.NotSupportedValue("The local stand-in does not know what row_window_session() makes of a distance that is null.");
            if (moment.IsNull(row))
            {
                // The next value begins a session.
                _session = null;
                result.SetNull(row);
                continue;
            }

            bool begins = _session is not { } first || restarts(row)
                || (Int128)moments[row] >= (Int128)first + fromFirst.Values<long>()[row]
                || (Int128)moments[row] >= (Int128)_previous + fromNeighbour.Values<long>()[row];
            if (begins) _session = moments[row];
            _previous = moments[row];
            result.Items[row] = _session!.Value;
        }

        return result.Build();
    }
}
