# The rows of a result, held against custom objects with the same values: what people do with rows must come out the same.

BeforeDiscovery {
    $uses = @(
        @{ Use = 'the default view'; Do = { $args[0] } }
        @{ Use = 'Format-Table'; Do = { $args[0] | Format-Table } }
        @{ Use = 'Format-List *'; Do = { $args[0] | Format-List * } }
        @{ Use = 'the default view of few columns'; Do = { $args[0] | Select-Object Name, Id, 'a b' } }
        @{ Use = 'Select-Object -ExcludeProperty'; Do = { $args[0] | Select-Object -ExcludeProperty Bag } }
        @{ Use = 'Select-Object with * and more'; Do = { $args[0] | Select-Object *, @{ Name = 'Twice'; Expression = { 2 * $_.Id } } } }
        @{ Use = 'Select-Object -ExpandProperty'; Do = { $args[0] | Select-Object -ExpandProperty Name } }
        @{ Use = 'Select-Object with a wildcard'; Do = { $args[0] | Select-Object N* } }
        @{ Use = 'Where-Object'; Do = { $args[0] | Where-Object Id -GT 1; $args[0] | Where-Object { $_.'a b' } } }
        @{ Use = 'Sort-Object'; Do = { $args[0] | Sort-Object Name, @{ Expression = 'Id'; Descending = $true } } }
        @{ Use = 'Group-Object'; Do = { $args[0] | Group-Object Name | Select-Object Name, Count } }
        @{ Use = 'Measure-Object'; Do = { $args[0] | Measure-Object Id -Sum -Maximum | Select-Object Count, Sum, Maximum } }
        @{ Use = 'ConvertTo-Json'; Do = { $args[0] | ConvertTo-Json -Depth 5 } }
        @{ Use = 'ConvertTo-Json of usual depth'; Do = { $args[0] | ConvertTo-Json -WarningAction Ignore } }
        @{ Use = 'ConvertTo-Csv'; Do = { $args[0] | ConvertTo-Csv } }
        @{ Use = 'ConvertTo-Html'; Do = { $args[0] | ConvertTo-Html -Fragment } }
        @{ Use = 'text'; Do = { "$($args[0][1])"; "$($args[0][2])" } }
        @{ Use = 'Compare-Object'; Do = { Compare-Object $args[0] $args[0][0, 1] | ForEach-Object SideIndicator } }
        @{ Use = 'Select-Object -Unique with properties'; Do = { ($args[0] + $args[0] | Select-Object Name, Id -Unique).Count } }
        @{ Use = 'equality'; Do = { $args[0][0] -eq $args[0][0]; $args[0][0] -eq $args[0][1]; $args[0].IndexOf($args[0][2]) } }
        @{ Use = 'member enumeration'; Do = { $args[0].Name; $args[0].'a b' } }
        @{ Use = 'the names of the properties'; Do = { $args[0][0].PSObject.Properties.Name } }
        @{ Use = 'the values of the properties'; Do = { $args[0][0].PSObject.Properties.Value } }
        @{ Use = 'being counted and indexed alone'; Do = { $args[0][0].Count; $args[0][0][0].Name } }
        @{ Use = 'a property that is not there'; Do = { $null -eq $args[0][0].Nothing } }
        @{ Use = '-is and casts'; Do = { $args[0][0] -is [pscustomobject]; ([pscustomobject] $args[0][0]).Id } }
        @{ Use = 'PSObject.Copy()'; Do = { $copy = $args[0][0].PSObject.Copy(); $copy.Name = 'other'; $args[0][0].Name; $copy.Name } }
        @{ Use = 'a value of another type put in'; Do = { $copy = $args[0][0].PSObject.Copy(); $copy.Time = $copy.Time.ToString('yyyy'); $copy.Id = 'none'; $copy.Name = $null; $copy } }
        @{ Use = 'parameters bound by name'; Do = { $args[0] | & { [CmdletBinding()] param([Parameter(ValueFromPipelineByPropertyName)] [string] $Name, [Parameter(ValueFromPipelineByPropertyName)] [long] $Id) process { "$Name $Id" } } } }
        @{ Use = 'the key of a hashtable'; Do = { $known = @{ $args[0][0] = 1 }; $known[$args[0][0]] } }
        @{ Use = 'ForEach-Object -Parallel'; Do = { $args[0] | ForEach-Object -Parallel { "$($_.Name) $($_.Id) $($_.'a b')" } -ThrottleLimit 1 } }
        @{ Use = 'Start-ThreadJob'; Do = { $rows = $args[0]; Start-ThreadJob { ($using:rows).Name } | Receive-Job -Wait -AutoRemoveJob } }
        @{ Use = 'Start-Job, nested data too'; Do = { Start-Job { $input | ConvertTo-Json -Depth 9 } -InputObject $args[0][0] | Receive-Job -Wait -AutoRemoveJob } }
        @{ Use = 'Export-Clixml'; Do = { $path = Join-Path TestDrive: rows.xml; $args[0] | Export-Clixml $path; Import-Clixml $path | ConvertTo-Json -Depth 9 } }
    )
    # Names that mean something to .NET, to PowerShell or to metadata, and such as no property of a class can have.
    $names = @(
        'Count', 'Length', 'Item', 'Keys', 'Values', 'Get', 'Set', 'Create', 'Columns', 'get_0', 'set_Id', 'get_Item', 'ToString'
        'GetType', 'gethashcode', 'Equals', 'Clone', '<get>0', 'a.b', 'a`b', "it's", 'a"b', "line`nbreak", "bell`a", "zero`0inside"
        'größe', '列', '🌡', ('n' * 1024)
    ) | ForEach-Object { @{ Name = $_; Shown = ($_ -replace '[\x00-\x1f]', '?').Substring(0, [math]::Min(20, $_.Length)) } }
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    $null = Connect-Adx -Local
    $columns = 'Name:string, Id:long, Time:datetime, Value:real, Price:decimal, Bag:dynamic, ["a b"]:bool'
    $values = @(
        '"x", 3, datetime(2026-01-02T03:04:05Z), 1.5, decimal(1.10), dynamic({"k":[1,{"z":{"y":2}}]}), true'
        '"y", 1, datetime(null), real(nan), decimal(null), dynamic(null), bool(null)'
        '"x", 2, datetime(2026-01-01), -2.5, decimal(79228162514264337593543950335), dynamic([1,"b",null]), false'
    )
    $query = "datatable($columns)[$($values -join ', ')]"
    function Get-Row { , @(Invoke-AdxQuery $query) }

    # Custom objects with the values of rows.
    function ConvertTo-CustomObject($Row) {
        $custom = foreach ($one in $Row) {
            $members = [ordered]@{}
            foreach ($property in $one.PSObject.Properties) { $members[$property.Name] = $property.Value }
            [pscustomobject] $members
        }
        , @($custom)
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'A row' {
    It 'is as a custom object in: <Use>' -ForEach $uses {
        $rows = Get-Row
        $rows[0] | Should -BeOfType 'AdxFlow.AdxRow'
        $expected = & $Do (ConvertTo-CustomObject $rows) | Out-String -Width 200
        $expected.Trim() | Should -Not -BeNullOrEmpty
        & $Do $rows | Out-String -Width 200 | Should -BeExactly $expected
    }

    # The text of a custom object is empty where PowerShell asks the object itself, so that all of them count as one.
    It 'is told from others by all its values, where no property is named' {
        $rows = Get-Row
        $rows[0].ToString() | Should -BeExactly '@{Name=x; Id=3; Time=01/02/2026 03:04:05; Value=1.5; Price=1.10; Bag=@{k=System.Object[]}; a b=True}'
        @($rows + (Get-Row) | Select-Object -Unique) | Should -HaveCount 3
        @($rows + (Get-Row) | Sort-Object -Unique) | Should -HaveCount 3
        Compare-Object $rows (Get-Row) | Should -BeNullOrEmpty
    }

    It 'refuses a property that it does not have' {
        { (Get-Row)[0].Nothing = 1 } | Should -Throw "*'Nothing' cannot be found*"
    }

    It 'takes members of its own, and shows them' {
        $row = (Get-Row)[0]
        $row | Add-Member Note 5
        $row.Note | Should -Be 5
        ($row | Select-Object *).PSObject.Properties.Name | Should -Contain 'Note'
        ($row | ConvertTo-Json -Depth 5 | ConvertFrom-Json).Note | Should -Be 5
    }

    It 'has a type that tells of the module' {
        (Get-Row)[0].PSTypeNames[0] | Should -BeLike 'AdxFlow.AdxRow#*'
        (Get-Row)[0].PSTypeNames | Should -Contain 'AdxFlow.AdxRow'
    }

    It 'has the type of all rows with such columns, and of no others' {
        $types = 'print a = 1', 'print a = 2', 'print a = ""', 'print A = 1', 'print a = 1, b = 1' | Invoke-AdxQuery | ForEach-Object { $_.GetType().FullName }
        $types[0] | Should -BeExactly $types[1]
        @($types | Select-Object -Unique) | Should -HaveCount 4
    }

    It 'comes of commands too' {
        Invoke-AdxCommand '.show version' | Should -BeOfType 'AdxFlow.AdxRow'
    }

    It 'may have three hundred columns, in their order' {
        $names = 1..300 | ForEach-Object { "c$_" }
        $row = Invoke-AdxQuery "print $(($names | ForEach-Object { "$_ = $($_.Substring(1))" }) -join ', ')"
        $row.PSObject.Properties.Name | Should -BeExactly $names
        $row.c300 | Should -Be 300
        ($row | ConvertTo-Json -Compress | ConvertFrom-Json).c299 | Should -Be 299
    }
}

Describe 'A column' {
    It 'with the name "<Shown>" is a property of that name' -ForEach $names {
        $literal = "'" + ($Name -replace '\\', '\\' -replace "'", "\'" -replace "`n", '\n' -replace "`a", '\u0007' -replace "`0", '\u0000') + "'"
        $row = Invoke-AdxQuery "print [$literal] = 'v', Other = 1"
        $row.PSObject.Properties.Name | Should -BeExactly $Name, 'Other'
        $row.$Name | Should -BeExactly 'v'
        ($row | Select-Object *).$Name | Should -BeExactly 'v'
        $row.$Name = 7
        $row.$Name | Should -Be 7
        @($row | ConvertTo-Csv)[1] | Should -BeExactly '"7","1"'
        "$row" | Should -BeExactly "@{$Name=7; Other=1}"
    }
}

Describe 'Rows on their way on' {
    It 'make a table of the types of their columns, also where a value is absent' {
        $row = Invoke-AdxQuery 'print i = int(1), l = 2, r = real(null), d = decimal(null), t = datetime(null), s = timespan(null), g = guid(null), b = bool(null), x = dynamic("text"), y = ""'
        $table = $row | New-AdxTable Typed
        $table.Columns | ForEach-Object { "$_" } | Should -BeExactly 'i:int', 'l:long', 'r:real', 'd:decimal', 't:datetime', 's:timespan', 'g:guid', 'b:bool', 'x:dynamic', 'y:string'
    }

    It 'make a column of the type of what a script put in' {
        $rows = 'print i = int(1), l = 2, t = datetime(2026-01-01)' | Invoke-AdxQuery
        $rows.i = 'one'
        $rows.t = 1.5
        ($rows | New-AdxTable Changed).Columns | ForEach-Object { "$_" } | Should -BeExactly 'i:string', 'l:long', 't:real'
    }

    It 'join int and long to long' {
        $rows = 'print v = int(1)', 'print v = 2' | Invoke-AdxQuery
        ($rows | New-AdxTable Joined).Columns | ForEach-Object { "$_" } | Should -BeExactly 'v:long'
    }

    It 'are sent to a table as they are' {
        $null = Invoke-AdxQuery $query | Send-AdxData Copied -CreateTable -Wait
        $sent = (Get-Row) | Sort-Object Id | ConvertTo-Json -Depth 9
        Invoke-AdxQuery 'Copied | sort by Id asc' | ConvertTo-Json -Depth 9 | Should -BeExactly $sent
    }
}

# Last, for it uses up the types of this process.
Describe 'Rows of very many kinds' {
    It 'are custom objects beyond the number of types that a process may have, and read the same' {
        $rows = 1..300 | ForEach-Object { "print many_$_ = $_" } | Invoke-AdxQuery
        $rows | Should -HaveCount 300
        foreach ($number in 1..300) { $rows[$number - 1]."many_$number" | Should -Be $number }
        @($rows | Where-Object { $_ -is [AdxFlow.AdxRow] }).Count | Should -BeIn (100..256)
    }
}
