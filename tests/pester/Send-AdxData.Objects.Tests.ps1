# Objects of odd kinds and shapes: what is data comes back as it went, what is none is told, and nothing is made up.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $null = New-AdxTable Dynamic 'Id:string', 'v:dynamic'
    $null = New-AdxTable Text 'Id:string', 'v:string'

    # Sends a value into a column of a type and gives what a query has of it, as JSON.
    function Get-JsonAfterTransport([string] $Table, $Value) {
        $id = [guid]::NewGuid()
        $null = [pscustomobject]@{ Id = $id; v = $Value } | Send-AdxData $Table -Wait -ErrorAction Stop
        Invoke-AdxQuery "$Table | where Id == '$id' | project v" -As Json
    }
    function Get-ColumnText([string] $Table) {
        (Get-AdxTable $Table).Columns -join ', '
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'JSON that is an object of .NET already' {
    BeforeDiscovery {
        $text = '{"a":1,"b":[true,null,{"c":"it''s \"x\""}],"n":12345678901234567890.5}'
        $documents = @(
            @{ Kind = 'a JsonElement'; Read = { [System.Text.Json.JsonDocument]::Parse($args[0]).RootElement } }
            @{ Kind = 'a JsonDocument'; Read = { [System.Text.Json.JsonDocument]::Parse($args[0]) } }
            @{ Kind = 'a JsonNode'; Read = { , [System.Text.Json.Nodes.JsonNode]::Parse($args[0]) } }
            @{ Kind = 'a JToken of Newtonsoft'; Read = { , [Newtonsoft.Json.Linq.JToken]::Parse($args[0]) } }
        )
    }

    It 'is sent as it is: <Kind>' -ForEach $documents {
        $text = '{"a":1,"b":[true,null,{"c":"it''s \"x\""}],"n":0.5}'
        Get-JsonAfterTransport Dynamic (& $Read $text) | Should -BeExactly "{`"v`":$text}"
        Get-JsonAfterTransport Dynamic @{ inner = (& $Read $text) } | Should -BeExactly "{`"v`":{`"inner`":$text}}"
        (Get-JsonAfterTransport Text (& $Read $text) | ConvertFrom-Json).v | Should -BeExactly $text
    }

    It 'is a text without its quotes in a column of text: <Kind>' -ForEach $documents {
        (Get-JsonAfterTransport Text (& $Read '"it''s"') | ConvertFrom-Json).v | Should -BeExactly "it's"
        Get-JsonAfterTransport Dynamic (& $Read '"12"') | Should -BeExactly '{"v":"12"}'
    }

    It 'makes a dynamic column: <Kind>' -ForEach $documents {
        $table = "Made_$($Kind -replace '\W')"
        $null = [pscustomobject]@{ v = (& $Read '{"a":[1]}') } | Send-AdxData $table -CreateTable -Wait -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        Get-ColumnText $table | Should -BeExactly 'v:dynamic'
        Invoke-AdxQuery $table -As Json | Should -BeExactly '{"v":{"a":[1]}}'
    }

    It 'of an ExpandoObject has the names of its members' {
        $expando = [System.Dynamic.ExpandoObject]::new()
        $expando.a = 1
        $expando.b = , 'x'
        Get-JsonAfterTransport Dynamic $expando | Should -BeExactly '{"v":{"a":1,"b":["x"]}}'
    }
}

Describe 'A value without end' {
    It 'is refused with its row, where it reaches itself by several ways: <Kind>' -ForEach @(
        @{ Kind = 'a hashtable'; Make = { $h = @{}; $h.a = $h; $h.b = $h; $h } }
        @{ Kind = 'custom objects, parent and children'
            Make = {
                $parent = [pscustomobject]@{ name = 'parent'; children = @() }
                $parent.children = 1..3 | ForEach-Object { [pscustomobject]@{ name = $_; parent = $parent } }
                $parent
            }
        }
        @{ Kind = 'lists that share lists'
            Make = {
                $list = 'leaf'
                1..60 | ForEach-Object { $list = $list, $list }
                , $list
            }
        }
    ) {
        $sent = [pscustomobject]@{ Id = 'endless'; v = (& $Make) }, [pscustomobject]@{ Id = 'good'; v = 1 } | Send-AdxData Dynamic -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxValueRefused,*'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        "$($sent.Rows) $($sent.RejectedRows)" | Should -Be '1 1'
    }
}

Describe 'Objects of several shapes in one pipeline' {
    It 'have every property told that the table lacks, also where kinds take turns' {
        $null = New-AdxTable Turns 'a:long'
        $objects = 1..3 | ForEach-Object { [pscustomobject]@{ a = $_ }; @{ a = $_ } }
        $null = @($objects) + [pscustomobject]@{ a = 4; extra = 1 } | Send-AdxData Turns -Wait -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*extra*'
    }

    It 'are looked at now and then for as long as they come, each kind of them' {
        $null = New-AdxTable ManyTurns 'a:long'
        & {
            foreach ($n in 1..3000) {
                @{ a = $n }
                $n -lt 1000 ? [pscustomobject]@{ a = $n } : [pscustomobject]@{ a = $n; extra = 1 }
            }
        } | Send-AdxData ManyTurns -WarningVariable warnings -WarningAction SilentlyContinue | Out-Null
        "$warnings" | Should -BeLike '*extra*'
    }

    It 'may be in lists of lists, as an argument and from the pipeline' {
        $null = New-AdxTable Nested 'a:long'
        $nested = @(@([pscustomobject]@{ a = 1 }, @([pscustomobject]@{ a = 2 })), [pscustomobject]@{ a = 3 }, @())
        (Send-AdxData Nested -InputObject $nested -Wait).Rows | Should -Be 3
        ($nested | Send-AdxData Nested -Wait).Rows | Should -Be 3
        $null = Send-AdxData NestedMade -InputObject $nested -CreateTable -Wait
        Get-ColumnText NestedMade | Should -BeExactly 'a:long'
    }
}

Describe 'A dictionary' {
    It 'may have keys that are no texts: <Kind>' -ForEach @(
        @{ Kind = 'a hashtable'; Make = { @{ 1 = 5; two = 'x' } }; Columns = '1:long, two:string' }
        @{ Kind = 'a sorted list'; Make = { $s = [System.Collections.SortedList]::new(); $s.Add(1, 5); $s.Add(2, 'x'); $s }; Columns = '1:long, 2:string' }
        @{ Kind = 'a generic one'; Make = { $d = [System.Collections.Generic.SortedDictionary[int, object]]::new(); $d[1] = 5; $d[2] = 'x'; $d }; Columns = '1:long, 2:string' }
    ) {
        $table = "Keys_$($Kind -replace '\W')"
        $null = Send-AdxData $table -InputObject (& $Make) -CreateTable -Wait -ErrorAction Stop
        ((Get-AdxTable $table).Columns | Sort-Object Name) -join ', ' | Should -BeExactly $Columns
        $row = Invoke-AdxQuery $table
        $row.'1' | Should -Be 5
        ($row.two ?? $row.'2') | Should -BeExactly 'x'
    }
}

Describe 'Columns that differ in the case of letters only' {
    BeforeAll {
        $null = New-AdxTable Cases 'Id:long', 'name:string', 'NAME:string'
        function Get-Case([long] $Id) {
            Invoke-AdxQuery "Cases | where Id == $Id | project a = name, b = NAME" | ForEach-Object { "$($_.a)|$($_.b)" }
        }
    }

    It 'each take what is written as they are' {
        $null = [pscustomobject]@{ Id = 1; name = 'small' }, [pscustomobject]@{ Id = 2; NAME = 'large' }, @{ Id = 3; name = 'small' }, @{ Id = 4; NAME = 'large' } | Send-AdxData Cases -Wait
        $both = [System.Collections.Generic.Dictionary[string, object]]::new()
        $both['Id'] = 5
        $both['name'] = 'small'
        $both['NAME'] = 'large'
        $null = Send-AdxData Cases -InputObject $both -Wait
        1..5 | ForEach-Object { Get-Case $_ } | Should -BeExactly 'small|', '|large', 'small|', '|large', 'small|large'
    }

    It 'are told apart in the fields of a data reader' {
        $data = [System.Data.DataTable]::new()
        $data.CaseSensitive = $true
        'Id', 'name', 'NAME' | ForEach-Object { $null = $data.Columns.Add($_) }
        $null = $data.Rows.Add(6, 'small', 'large')
        $null = Send-AdxData Cases -DataReader $data.CreateDataReader() -Wait
        Get-Case 6 | Should -BeExactly 'small|large'
    }
}

Describe 'The type of a column that -CreateTable makes' {
    It 'is the same for a field of a reader and for a property without a value' {
        $data = [System.Data.DataTable]::new()
        $types = [ordered]@{ bytes = [byte[]]; uri = [uri]; day = [System.DateOnly]; time = [System.TimeOnly]; large = [bigint]; id = [guid]; any = [object] }
        foreach ($name in $types.Keys) { $null = $data.Columns.Add($name, $types[$name]) }
        $null = $data.Rows.Add([byte[]] (1, 2), [uri] 'http://x/', [System.DateOnly]::new(2026, 1, 2), [System.TimeOnly]::new(3, 4, 5), [bigint] 7, [guid]::Empty, @(1))
        $null = Send-AdxData OfReader -DataReader $data.CreateDataReader() -CreateTable -Wait
        Get-ColumnText OfReader | Should -BeExactly 'bytes:string, uri:string, day:datetime, time:timespan, large:decimal, id:guid, any:dynamic'
        Invoke-AdxQuery OfReader -As Json | Should -BeExactly '{"bytes":"AQI=","uri":"http://x/","day":"2026-01-02T00:00:00Z","time":"03:04:05","large":"7","id":"00000000-0000-0000-0000-000000000000","any":[1]}'

        class Unset { [uri] $uri; [byte[]] $bytes; [version] $version; [System.Nullable[System.DateOnly]] $day; [System.Nullable[System.TimeOnly]] $time; [string[]] $texts; [hashtable] $table; [System.Collections.Generic.List[int]] $numbers; [System.Diagnostics.Process] $live }
        $null = [Unset]::new() | Send-AdxData OfUnset -CreateTable -Wait -WarningVariable warnings -WarningAction SilentlyContinue
        Get-ColumnText OfUnset | Should -BeExactly 'uri:string, bytes:string, version:string, day:datetime, time:timespan, texts:dynamic, table:dynamic, numbers:dynamic'
        "$warnings" | Should -BeLike '*not sent: live.*' -Because 'an object that runs is no data'
    }
}

Describe 'An enum' {
    It 'is its number in a column of numbers, and its name elsewhere' {
        $null = New-AdxTable Days 'n:long', 'r:real', 's:string', 'd:dynamic'
        $day = [System.DayOfWeek]::Friday
        $null = [pscustomobject]@{ n = $day; r = $day; s = $day; d = $day } | Send-AdxData Days -Wait -ErrorAction Stop
        Invoke-AdxQuery Days -As Json | Should -BeExactly '{"n":5,"r":5,"s":"Friday","d":"Friday"}'
    }
}

Describe 'Files from the pipeline' {
    It 'are no rows, and it is said how to send what they hold' {
        $null = Get-Item $PSCommandPath | Send-AdxData Dynamic -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxInputNotRow,*'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*-LiteralPath*'
    }
}
